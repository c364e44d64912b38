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
 * @param own points that no story before it has, each as a regular expression; not of events, which
 *     are told beside everything else and may be lost
 */
record CrashPlot(
    String name,
    BiFunction<String, String, Scene> scene,
    Consumer<Left> leaves,
    List<String> own) {}
