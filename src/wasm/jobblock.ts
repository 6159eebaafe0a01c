/**
 * The block that threads share beside linear memory: int32 words a cache line (64 bytes) apart, so that a write to one
 * does not slow the reading of another, and from `ARGUMENTS` on the calls of a job, `WIDTH` float64 arguments each.
 *
 * TICKET is the job's number times 64 plus how many of its calls nobody has taken yet. A thread reads call i's arguments,
 * then takes it by exchanging TICKET with one less; the exchange fails if another thread was first, or if the job is
 * another by now, in which case what was read is thrown away.
 */
export const TICKET = 0;
/** How many threads sleep until they are woken for a change of TICKET. */
export const WAITERS = 16;
/** How many calls of the job other threads than the main one have finished. */
export const DONE = 32;
/** Which kernel the job calls, by its place in `KERNELS`. */
export const KERNEL = 48;
/** Not 0 when the threads shall end. */
export const STOP = 64;
/** Not 0 when a call trapped in a thread. */
export const FAILED = 80;
/** How many threads nap: they look for a change of TICKET by themselves before long. */
export const POLLERS = 96;

/** The calls of one job are at most this many: the low bits of TICKET. */
export const CALLS = 63;
/** Arguments of a call; kernels that take fewer leave the rest alone. */
export const WIDTH = 8;
/** The byte at which the arguments begin. */
export const ARGUMENTS = 448;
/** Bytes of the block. */
export const BLOCK_BYTES: number = ARGUMENTS + 8 * WIDTH * CALLS;

/** The kernels that jobs are made of. They write nothing but their output, so that threads may run them at once. */
export const KERNELS = ["matvecPanelsF32", "matmulPanelsF32"] as const;
