/**
 * The block that threads share beside linear memory. It has int32 words a cache line (64 bytes) apart, so that a write
 * to one does not slow reads of another. From `ARGUMENTS` on it has the calls of a job, `WIDTH` float64 arguments each.
 *
 * TICKET is the job's number times 64 plus how many of its calls are not taken yet. A thread reads call i's arguments,
 * then takes the call by a compare-exchange of TICKET with TICKET - 1. That fails if another thread was first, or if
 * the job has changed; the thread then discards what it read.
 */
export const TICKET = 0;
/** How many threads wait until they are notified of a change of TICKET. */
export const WAITERS = 16;
/** How many calls of the job other threads than the main one have finished. */
export const DONE = 32;
/** Which kernel the job calls: its index in `KERNELS`. */
export const KERNEL = 48;
/** Not 0 when the threads must end. */
export const STOP = 64;
/** Not 0 when a call trapped in a thread. */
export const FAILED = 80;
/** How many threads poll: they wait for a change of TICKET with a short timeout. */
export const POLLERS = 96;

/** The calls of one job are at most this many: the low bits of TICKET. */
export const CALLS = 63;
/** Arguments of a call. Kernels that take fewer ignore the rest. */
export const WIDTH = 8;
/** The byte at which the arguments begin. */
export const ARGUMENTS = 448;
/** Bytes of the block. */
export const BLOCK_BYTES: number = ARGUMENTS + 8 * WIDTH * CALLS;

/** The kernels that jobs call. They write only their output, so that threads may run them at the same time. */
export const KERNELS = ["matvecPanelsF32", "matmulPanelsF32"] as const;
