package dev.retake.cli.demo.regression;

/**
 * What a replay should find for a regression, in the words of {@code report.json}.
 *
 * @param kind such as {@code field-missing}
 * @param operation such as {@code GET /api/products/{id}}
 * @param location such as {@code /total}
 */
public record Planted(String kind, String operation, String location) {}
