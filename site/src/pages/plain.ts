/** A page of text alone. */
import { startShell } from "./shell.ts";

startShell();
