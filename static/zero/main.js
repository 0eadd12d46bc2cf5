// @ts-check
import { start } from "../counter/shared/start.js";
import { App } from "./app.js";

start({ path: "/zero", parts: ["counter", "zero"], App });
