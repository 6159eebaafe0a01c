import { normal, printDraws } from "./draws.ts";

printDraws("normal", normal);
