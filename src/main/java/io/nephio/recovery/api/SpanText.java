package io.nephio.recovery.api;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API server checks of a {@link Span}. */
@JacksonAnnotationsInside
@Pattern(Span.PATTERN)
@Size(max = Span.MAX_LENGTH)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface SpanText {}
