namespace RagStudio.Data.Migrator.Sqlite.Tests.Architecture;

/// <inheritdoc/>
[TestFixtureSource(nameof(Projects))]
public sealed class LayerTests(LayeredProject project) : LayerContract(project)
{
    private static readonly LayeredProject[] Projects =
    [
        new(
            typeof(IMigrationManager).Assembly,
            [
                "Api",
                "Files",
                "Providers",
                "Migrations",
                "Steps",
                "Rules",
                "Run",
                "BackUp",
                "Validate",
                "Status",
                "Plan",
                "Apply",
                "Undo",
                "Operations",
                "Copy",
                "Adopt",
                "Relocate",
                "Facade",
                "Hosting",
                "Guarded",
            ],
            Public: ["Api", "Files", "Providers", "Steps", "Rules", "Facade", "Hosting", "Guarded"],
            Root: ["Api", "Rules", "Facade", "Hosting"]
        ),
        new(
            typeof(SqliteDatabaseOptions).Assembly,
            [
                "Api",
                "Interop",
                "Logs",
                "Sql",
                "Databases",
                "Contexts",
                "Record",
                "Plan",
                "Validate",
                "BackUp",
                "Apply",
                "Copy",
                "Storage",
                "Guarded",
                "Hosting",
            ],
            Public: ["Api", "Hosting"],
            Root: ["Api", "Hosting"]
        ),
    ];
}
