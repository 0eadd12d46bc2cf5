// @ts-check
import { start } from "../counter/shared/start.js";
import { App } from "./app.js";

start({ path: "/manager/voice", parts: ["counter", "manager", "recorder"], App });
