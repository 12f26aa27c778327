using System.Text.Json;
using System.Text.Json.Nodes;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>Writes an archive of migrations.</summary>
internal static class ArchiveWriter
{
    /// <summary>Renders an archive.</summary>
    /// <param name="compiled">The context, and the release of EF that has generated the commands.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="next">The first migration after them.</param>
    public static byte[] Write(
        CompiledMigrations compiled,
        IEnumerable<JsonObject> migrations,
        CompiledMigration next
    ) =>
        CompiledWriter.Render(
            new JsonObject
            {
                ["archive"] = MigrationArchive.KnownFormat,
                // As in the file of compiled migrations: whoever looks for that one by its name sees whose this is.
                ["format"] = CompiledMigrations.KnownFormat,
                ["context"] = compiled.Context,
                ["provider"] = compiled.Provider,
                ["productVersion"] = compiled.ProductVersion,
                ["next"] = new JsonObject
                {
                    ["version"] = next.Version,
                    ["checksum"] = next.Checksum,
                    ["down"] = CompiledWriter.Describe(next.Down),
                },
                ["migrations"] = new JsonArray([.. migrations]),
            }
        );

    /// <summary>Describes a migration that was archived before.</summary>
    public static JsonObject Describe(ArchivedMigration migration) => JsonObject.Create(migration.Content)!;

    /// <summary>Describes a migration of the program.</summary>
    /// <param name="compiled">Its commands.</param>
    /// <param name="migration">The migration.</param>
    /// <param name="efProvider">EF's name of the provider.</param>
    /// <param name="schema">The hash of the schema that the migrations up to it create.</param>
    /// <exception cref="InvalidOperationException">An operation cannot be written.</exception>
    public static JsonObject Describe(
        CompiledMigration compiled,
        ProgramMigration migration,
        string efProvider,
        string? schema
    )
    {
        var known = migration.Known;
        var described = CompiledWriter.Describe(compiled);
        Add("schema", schema);
        Add("declaredKind", known.DeclaredKind?.ToString());
        Add("timeoutSeconds", known.Timeout?.TotalSeconds);
        Add("destructive", known.DestructiveReason);
        if (known.RemovesRows.Count > 0)
        {
            described["removesRows"] = new JsonArray([
                .. known.RemovesRows.Select(rows => new JsonObject
                {
                    ["table"] = rows.Table,
                    ["atMost"] = rows.AtMost,
                }),
            ]);
        }
        described["upOperations"] = OperationWriter.Describe(migration.Up, efProvider);
        described["downOperations"] = OperationWriter.Describe(migration.Down.Operations, efProvider);
        using var json = JsonDocument.Parse(described.ToJsonString());
        described[ArchivedMigration.Hash] = ArchivedMigration.HashOf(json.RootElement);
        return described;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                described[name] = value;
            }
        }
    }
}
