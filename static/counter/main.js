// @ts-check
import { App } from "./app.js";
import { start } from "./shared/start.js";

start({ path: "/counter", parts: ["counter"], App });
