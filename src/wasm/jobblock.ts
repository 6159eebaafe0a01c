/**
 * The block that threads share beside linear memory. It has int32 words a cache line (64 bytes) apart, so that a write
 * to one does not slow reads of another; then where the calls of a job begin and end; and from `ARGUMENTS` on their
 * steps. A call is one kernel or several, one after another. A step has `WIDTH` float64: the kernel's number and its
 * arguments.
 *
 * TICKET is the job's number times 64 plus how many of its calls are not taken yet. A thread takes call i by a
 * compare-exchange of TICKET with TICKET - 1, which fails if another thread was first, or if the job has changed. The
 * job stays as it is until all its calls are done.
 */
export const TICKET = 0;
/** How many threads wait until they are notified of a change of TICKET. */
export const WAITERS = 16;
/** How many calls of the job other threads than the main one have finished. */
export const DONE = 32;
/**
 * How many kernels a thread must have to take calls of the job: it has those of the modules it has linked, in order.
 */
export const NEEDED = 48;
/** Not 0 when the threads must end. */
export const STOP = 64;
/** Not 0 when a call trapped in a thread. */
export const FAILED = 80;
/** How many threads poll: they wait for a change of TICKET with a short timeout. */
export const POLLERS = 96;
/** How many modules the block of modules has. */
export const MODULES = 112;
/** The address of the threads' scratch memory, `SCRATCH_BYTES` for each. */
export const SCRATCH = 113;
/** From here on two words a call: its first step, and the one behind its last. */
export const SPANS = 128;

/** The calls of one job are at most this many: the low bits of TICKET. */
export const CALLS = 63;
/** The steps of all calls of a job are at most this many. */
export const STEPS = 1024;
/** Numbers of a step. Kernels that take fewer arguments ignore the rest. */
export const WIDTH = 14;
/**
 * The byte at which the steps begin. Literals, because a bundler drops what nothing names only where it can fold it.
 */
export const ARGUMENTS = 1024;
/** Bytes of the block: those before the steps, and 8 * WIDTH * STEPS. */
export const BLOCK_BYTES = 115712;

/** Bytes that the kernels of a thread need beside their arguments, in whole cache lines. */
export const SCRATCH_BYTES = 1536;

/**
 * The block of modules that came after the threads: `TABLE` words, two for a module, its first byte and its length; and
 * the bytes.
 */
export const TABLE = 64;
/** Bytes of that block: twice those of all modules. What is not used takes no memory. */
export const MODULES_BYTES = 524288;
