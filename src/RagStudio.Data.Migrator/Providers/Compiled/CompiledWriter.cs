using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Writes a file of compiled migrations that is readable in a code review.</summary>
internal static class CompiledWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The file is never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(CompiledFile file) => Render(Describe(file));

    /// <summary>Renders an object as the content of a file.</summary>
    internal static byte[] Render(JsonObject described)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8, Options))
        {
            described.WriteTo(json);
        }
        utf8.Write("\n"u8);
        return utf8.ToArray();
    }

    private static JsonObject Describe(CompiledFile file)
    {
        var described = new JsonObject
        {
            ["format"] = file.Format,
            ["context"] = file.Context,
            ["provider"] = file.Provider,
            ["productVersion"] = file.ProductVersion,
            ["migrations"] = All(file.Migrations, Describe),
        };
        // Left out if all were compiled, so such a file keeps its original format. The previous version skips the
        // property, detects the missing ids and leaves all migrations to EF.
        if (file.LeftToEF.Count > 0)
        {
            described["leftToEF"] = All(file.LeftToEF, Describe);
        }
        // A version that does not know them skips them, and replays.
        if (file.Schemas.Count > 0)
        {
            described["schemas"] = new JsonObject(
                file.Schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value))
            );
        }
        return described;
    }

    internal static JsonObject Describe(CompiledMigration migration) =>
        new()
        {
            ["version"] = migration.Version,
            ["kind"] = migration.Kind.ToString(),
            ["checksum"] = migration.Checksum,
            ["up"] = Describe(migration.Up),
            ["down"] = Describe(migration.Down),
        };

    internal static JsonArray Describe(IEnumerable<CompiledCommand> commands) => All(commands, Describe);

    private static JsonObject Describe(UncompiledMigration migration) =>
        new() { ["version"] = migration.Version, ["reason"] = migration.Reason };

    private static JsonObject Describe(CompiledCommand command)
    {
        var described = new JsonObject { ["sql"] = command.Sql };
        if (command.SuppressTransaction)
        {
            described["suppressTransaction"] = true;
        }
        return described;
    }

    private static JsonArray All<T>(IEnumerable<T> items, Func<T, JsonObject> describe) =>
        new([.. items.Select(describe)]);
}
