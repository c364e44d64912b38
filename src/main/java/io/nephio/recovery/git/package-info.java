/** Branches, trees and pushes, without a work tree. */
@NullMarked
package io.nephio.recovery.git;

import org.jspecify.annotations.NullMarked;
