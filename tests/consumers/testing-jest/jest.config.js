module.exports = { testEnvironment: "jsdom", setupFiles: ["./jest.setup.js"] };
