using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Reads a file of compiled migrations, and skips unknown properties. A serializer, generated or not, would take
/// longer to start than the file takes to read, at each start of an application.
/// </summary>
internal static class CompiledReader
{
    /// <exception cref="JsonException">Something is missing.</exception>
    /// <exception cref="InvalidOperationException">Something is of another type.</exception>
    public static CompiledFile Read(Stream utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var file = json.RootElement;
        var format = Get(file, "format").GetInt32();
        if (format != CompiledMigrations.KnownFormat)
        {
            // Another format may look different, and its version must be reported first.
            return new CompiledFile(format, "", "", "", [], []);
        }
        return new CompiledFile(
            format,
            Text(file, "context"),
            Text(file, "provider"),
            Text(file, "productVersion"),
            [.. Get(file, "migrations").EnumerateArray().Select(ReadMigration)],
            file.TryGetProperty("leftToEF", out var left) ? [.. left.EnumerateArray().Select(ReadUncompiled)] : []
        )
        {
            Schemas = file.TryGetProperty("schemas", out var schemas) ? ReadSchemas(schemas) : [],
        };
    }

    internal static CompiledMigration ReadMigration(JsonElement migration) =>
        new(
            Text(migration, "version"),
            Enum.Parse<MigrationKind>(Text(migration, "kind")),
            Text(migration, "checksum"),
            ReadCommands(Get(migration, "up")),
            ReadCommands(Get(migration, "down"))
        );

    internal static CompiledCommand[] ReadCommands(JsonElement commands) =>
        [
            .. commands
                .EnumerateArray()
                .Select(command => new CompiledCommand(
                    Text(command, "sql"),
                    command.TryGetProperty("suppressTransaction", out var suppress) && suppress.GetBoolean()
                )),
        ];

    private static UncompiledMigration ReadUncompiled(JsonElement migration) =>
        new(Text(migration, "version"), migration.TryGetProperty("reason", out var reason) ? reason.GetString()! : "");

    private static Dictionary<string, string> ReadSchemas(JsonElement schemas) =>
        schemas
            .EnumerateObject()
            .ToDictionary(
                schema => schema.Name,
                schema => schema.Value.GetString() ?? throw Missing(schema.Name),
                MigrationIdComparer.Default
            );

    internal static string Text(JsonElement element, string name) =>
        Get(element, name).GetString() ?? throw Missing(name);

    internal static JsonElement Get(JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) ? found : throw Missing(name);

    private static JsonException Missing(string name) => new($"'{name}' is missing.");
}
