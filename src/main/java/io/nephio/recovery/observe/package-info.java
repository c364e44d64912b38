/** Fills facts from objects as the API server prints them. */
@NullMarked
package io.nephio.recovery.observe;

import org.jspecify.annotations.NullMarked;
