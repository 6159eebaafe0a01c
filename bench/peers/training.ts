/**
 * Steps of training beside the other libraries: the same weights and data, losses compared before anything is timed.
 * Two tables: the time by the clock, and the CPU time of all threads of this process, which collect garbage and compile
 * beside the steps. Steps are long, so that what else runs on the machine interrupts many: it disturbs CPU time less.
 * Words choose models by their names.
 */
import { commandLine, failUsage, hasWord } from "../../scripts/commandline.ts";
import type { Timing } from "../measure.ts";
import { summary } from "../measure.ts";
import { printTable } from "../table.ts";
import { cells } from "./race.ts";
import { library as flaxen } from "./training/flaxen.ts";
import { library as jaxJs } from "./training/jaxjs.ts";
import type { Task, Trainer } from "./training/task.ts";
import { cnnTask, gptTask, mlpTask } from "./training/task.ts";
import { libraries as tensorflow } from "./training/tensorflow.ts";

const LIBRARIES = [flaxen, ...tensorflow, jaxJs];
const NAMES = LIBRARIES.map(({ name }) => name);

const SGD = { name: "sgd", rate: 0.1 } as const;
const ADAM = { name: "adam", rate: 1e-3 } as const;
const ROWS: Readonly<Record<string, () => Task>> = {
  "MLP 784-512-256-10, batch 32, SGD": () => mlpTask(32, SGD),
  "MLP 784-512-256-10, batch 32, Adam": () => mlpTask(32, ADAM),
  "MLP 784-512-256-10, batch 128, SGD": () => mlpTask(128, SGD),
  "MLP 784-512-256-10, batch 128, Adam": () => mlpTask(128, ADAM),
  "CNN 28x28, batch 32, Adam": () => cnnTask(ADAM),
  "GPT 4 x 256, 128 tokens, Adam": () => gptTask(ADAM),
};

/** The losses of so many steps are compared. Later ones part: each library rounds in its own order. */
const COMPARED = 3;
const TOLERANCE = 2e-3;
const ROUNDS = 9;
const ROUND_NS = 60e6;
/** A library that takes this long for a step takes part in the first rounds only. */
const SLOW_NS = 1e9;
const SLOW_ROUNDS = 2;
/** Long enough for the engine to compile what a step runs through. */
const WARM_UP_NS = 400e6;

/** What a library takes for a step, by the clock and in CPU time. */
interface Timings {
  readonly clock: readonly Timing[];
  readonly cpu: readonly Timing[];
}

function race(task: Task): Timings {
  const entrants = LIBRARIES.flatMap((library) => {
    const trainer = library.train(task);
    return trainer === undefined ? [] : [{ name: library.name, trainer }];
  });
  const losses = entrants.map(({ trainer }) => Array.from({ length: COMPARED }, () => trainer.step()));
  for (const [i, own] of losses.entries())
    own.forEach((loss, step) => {
      const difference = Math.abs(loss - losses[0]![step]!);
      // Written so that a NaN is a difference too.
      if (!(difference <= TOLERANCE * Math.abs(losses[0]![step]!)))
        throw new Error(`${entrants[i]!.name}: loss ${step} is ${loss}, ${entrants[0]!.name}'s ${losses[0]![step]}`);
    });
  const repeats = entrants.map(({ trainer }) => {
    let ns = 0;
    for (let spent = 0; spent < WARM_UP_NS; spent += ns) ns = time(trainer, 1).clock;
    return Math.max(1, Math.round(ROUND_NS / ns));
  });
  const times = entrants.map((): Times[] => []);
  for (let round = 0; round < ROUNDS; round++)
    entrants.forEach(({ trainer }, i) => {
      const own = times[i]!;
      if (round < SLOW_ROUNDS || own[0]!.clock < SLOW_NS) own.push(time(trainer, repeats[i]!));
    });
  const timings = (kind: keyof Times): Timing[] =>
    entrants.map(({ name }, i) =>
      summary(
        name,
        times[i]!.map((each) => each[kind]),
      ),
    );
  return { clock: timings("clock"), cpu: timings("cpu") };
}

/** Nanoseconds a step. */
interface Times {
  readonly clock: number;
  readonly cpu: number;
}

function time(trainer: Trainer, repeats: number): Times {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < repeats; i++) trainer.step();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  return { clock: (ms * 1e6) / repeats, cpu: ((user + system) * 1e3) / repeats };
}

const { positionals: words } = commandLine(import.meta.url, {}, Infinity);
const asked = Object.entries(ROWS).filter(([label]) => hasWord(label, words));
if (asked.length === 0)
  failUsage(import.meta.url, `expected words of ${Object.keys(ROWS).join("; ")}, got ${words.join(" ")}`);
const timings = asked.map(([label, task]) => ({ label, ...race(task()) }));
const rowsOf = (kind: keyof Timings): string[][] =>
  timings.map((each) => [each.label, ...cells(NAMES, each[kind], 1e6)]);
printTable("training: ms a step, median (min..max), times flaxen's", ["model", ...NAMES], rowsOf("clock"));
printTable("training, CPU time: ms a step, median (min..max), times flaxen's", ["model", ...NAMES], rowsOf("cpu"));
