/** Fills facts from informers. */
@NullMarked
package io.nephio.recovery.observe.live;

import org.jspecify.annotations.NullMarked;
