export const checkNotices = async () => {};
