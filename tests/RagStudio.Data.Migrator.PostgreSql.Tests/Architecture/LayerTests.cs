namespace RagStudio.Data.Migrator.PostgreSql.Tests.Architecture;

/// <inheritdoc/>
public sealed class LayerTests()
    : LayerContract(
        new LayeredProject(
            typeof(PostgreSqlDatabaseOptions).Assembly,
            [
                "Api",
                "Statements",
                "Server",
                "Contexts",
                "Record",
                "Validate",
                "Keep",
                "Apply",
                "Lint",
                "BackUp",
                "Rehearse",
                "Copy",
                "Storage",
                "Guarded",
                "Hosting",
            ],
            Public: ["Api", "Hosting"],
            Root: ["Api", "Hosting"]
        )
    );
