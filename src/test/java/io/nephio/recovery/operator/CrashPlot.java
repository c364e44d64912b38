package io.nephio.recovery.operator;

import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What a story is about.
 *
 * @param scene of a namespace and a cluster
 * @param leaves checks what is left of it
 * @param own points at which no story before it ends, each as a regular expression
 */
record CrashPlot(
    String name,
    BiFunction<String, String, Scene> scene,
    Consumer<Left> leaves,
    List<String> own) {}
