package io.nephio.recovery.facts;

/** The object that makes a new one when this one is gone: the top of the chain of controllers. */
public record Owner(String apiVersion, String kind, String namespace, String name) {}
