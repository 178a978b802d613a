import { mount } from "svelte";
import Push from "./Push.svelte";

mount(Push, { target: document.querySelector("#app")! });
