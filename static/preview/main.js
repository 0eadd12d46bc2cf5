// @ts-check
import { start } from "../counter/shared/start.js";
import { App } from "./app.js";

start({ path: "/board/preview", parts: ["counter", "manager", "preview"], App });
