/** The kpt function: a ResourceList on standard input, the same with results on standard output. */
@NullMarked
package io.nephio.recovery.fn;

import org.jspecify.annotations.NullMarked;
