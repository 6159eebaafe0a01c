import { printDraws, truncatedNormal } from "./draws.ts";

printDraws("truncatedNormal", truncatedNormal);
