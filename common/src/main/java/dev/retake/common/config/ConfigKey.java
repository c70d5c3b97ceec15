package dev.retake.common.config;

/**
 * One setting: where it stands in the file, its type, default and meaning. Features declare their keys as constants and
 * build a record of their settings from a {@link Config}; the configuration reference, the JSON Schema and the shipped
 * {@code retake.yml} are generated from all of them.
 *
 * @param path dotted, lower camel case, such as {@code proxy.idleTimeout}
 * @param type how its text is read and checked
 * @param defaultValue taken where the file is silent
 * @param description one sentence for the reference
 */
public record ConfigKey<T>(String path, ConfigType<T> type, T defaultValue, String description) {}
