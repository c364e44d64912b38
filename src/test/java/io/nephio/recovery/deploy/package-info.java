/** What an administrator applies: {@code packages/} and {@code deploy/}. */
@NullMarked
package io.nephio.recovery.deploy;

import org.jspecify.annotations.NullMarked;
