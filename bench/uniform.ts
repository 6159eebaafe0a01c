import { printDraws, uniform } from "./draws.ts";

printDraws("uniform", uniform);
