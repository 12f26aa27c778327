using System.Text.Encodings.Web;
using System.Text.Json;

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

    public static byte[] Write(CompiledFile file)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", file.Format);
            json.WriteString("context", file.Context);
            json.WriteString("provider", file.Provider);
            json.WriteString("productVersion", file.ProductVersion);
            json.WriteStartArray("migrations");
            foreach (var migration in file.Migrations)
            {
                Write(json, migration);
            }
            json.WriteEndArray();
            Write(json, file.LeftToEF);
            json.WriteEndObject();
        }
        utf8.Write("\n"u8);
        return utf8.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CompiledMigration migration)
    {
        json.WriteStartObject();
        json.WriteString("version", migration.Version);
        json.WriteString("kind", migration.Kind.ToString());
        json.WriteString("checksum", migration.Checksum);
        Write(json, "up", migration.Up);
        Write(json, "down", migration.Down);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes nothing if all were compiled, so such a file keeps its original format. The previous version
    /// skips the property, detects the missing ids and leaves all migrations to EF.
    /// </summary>
    private static void Write(Utf8JsonWriter json, IReadOnlyList<UncompiledMigration> leftToEF)
    {
        if (leftToEF.Count == 0)
        {
            return;
        }
        json.WriteStartArray("leftToEF");
        foreach (var migration in leftToEF)
        {
            json.WriteStartObject();
            json.WriteString("version", migration.Version);
            json.WriteString("reason", migration.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<CompiledCommand> commands)
    {
        json.WriteStartArray(name);
        foreach (var command in commands)
        {
            json.WriteStartObject();
            json.WriteString("sql", command.Sql);
            if (command.SuppressTransaction)
            {
                json.WriteBoolean("suppressTransaction", true);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
