import { bits32, bits64, printDraws } from "./draws.ts";

printDraws("bits32", bits32);
printDraws("bits64", bits64);
