using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Reads a file of compiled migrations token by token. A serializer, generated or not, would take longer to
/// start than the file takes to read, at each start of an application. Unknown properties are skipped.
/// </summary>
internal ref struct CompiledReader(ReadOnlySpan<byte> utf8)
{
    private Utf8JsonReader _json = new(utf8);

    /// <exception cref="JsonException">It is not such a file.</exception>
    public static CompiledFile Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new CompiledReader(utf8);
        reader.Next(JsonTokenType.StartObject);
        return reader.ReadFile();
    }

    private CompiledFile ReadFile()
    {
        var format = 0;
        string? context = null;
        string? provider = null;
        string? productVersion = null;
        List<CompiledMigration>? migrations = null;
        List<UncompiledMigration> leftToEF = [];
        while (NextProperty() is { } name)
        {
            switch (name)
            {
                case "format":
                    Next(JsonTokenType.Number);
                    format = _json.GetInt32();
                    break;
                case "context":
                    context = NextText();
                    break;
                case "provider":
                    provider = NextText();
                    break;
                case "productVersion":
                    productVersion = NextText();
                    break;
                // Another format may look different, and its version must be reported first.
                case "migrations" when format == CompiledMigrations.KnownFormat:
                    migrations = ReadMigrations();
                    break;
                case "leftToEF" when format == CompiledMigrations.KnownFormat:
                    leftToEF = ReadLeftToEF();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }
        return format != CompiledMigrations.KnownFormat
            ? new CompiledFile(format, "", "", "", [], [])
            : new CompiledFile(
                format,
                Required(context, nameof(context)),
                Required(provider, nameof(provider)),
                Required(productVersion, nameof(productVersion)),
                Required(migrations, nameof(migrations)),
                leftToEF
            );
    }

    private List<CompiledMigration> ReadMigrations()
    {
        var migrations = new List<CompiledMigration>();
        Next(JsonTokenType.StartArray);
        while (NextItem())
        {
            migrations.Add(ReadMigration());
        }
        return migrations;
    }

    private List<UncompiledMigration> ReadLeftToEF()
    {
        var left = new List<UncompiledMigration>();
        Next(JsonTokenType.StartArray);
        while (NextItem())
        {
            left.Add(ReadUncompiled());
        }
        return left;
    }

    private UncompiledMigration ReadUncompiled()
    {
        string? version = null;
        string? reason = null;
        while (NextProperty() is { } name)
        {
            switch (name)
            {
                case "version":
                    version = NextText();
                    break;
                case "reason":
                    reason = NextText();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }
        return new UncompiledMigration(Required(version, nameof(version)), reason ?? "");
    }

    private CompiledMigration ReadMigration()
    {
        string? version = null;
        string? kind = null;
        string? checksum = null;
        List<CompiledCommand>? up = null;
        List<CompiledCommand>? down = null;
        while (NextProperty() is { } name)
        {
            switch (name)
            {
                case "version":
                    version = NextText();
                    break;
                case "kind":
                    kind = NextText();
                    break;
                case "checksum":
                    checksum = NextText();
                    break;
                case "up":
                    up = ReadCommands();
                    break;
                case "down":
                    down = ReadCommands();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }
        return new CompiledMigration(
            Required(version, nameof(version)),
            Enum.TryParse<MigrationKind>(kind, out var known)
                ? known
                : throw new JsonException($"'{kind}' is no kind."),
            Required(checksum, nameof(checksum)),
            Required(up, nameof(up)),
            Required(down, nameof(down))
        );
    }

    private List<CompiledCommand> ReadCommands()
    {
        var commands = new List<CompiledCommand>();
        Next(JsonTokenType.StartArray);
        while (NextItem())
        {
            commands.Add(ReadCommand());
        }
        return commands;
    }

    private CompiledCommand ReadCommand()
    {
        string? sql = null;
        var suppressTransaction = false;
        while (NextProperty() is { } name)
        {
            switch (name)
            {
                case "sql":
                    sql = NextText();
                    break;
                case "suppressTransaction":
                    _json.Read();
                    suppressTransaction = _json.GetBoolean();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }
        return new CompiledCommand(Required(sql, nameof(sql)), suppressTransaction);
    }

    /// <summary>
    /// Returns the name of the object's next property; <see langword="null"/> at the end of the object.
    /// </summary>
    private string? NextProperty()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName ? _json.GetString()
            : _json.TokenType == JsonTokenType.EndObject ? null
            : throw Unexpected();
    }

    /// <summary>Enters the array's next object, if there is one.</summary>
    private bool NextItem()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.StartObject
            || (_json.TokenType == JsonTokenType.EndArray ? false : throw Unexpected());
    }

    private string NextText()
    {
        Next(JsonTokenType.String);
        return _json.GetString()!;
    }

    private void Next(JsonTokenType type)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            throw Unexpected();
        }
    }

    private readonly JsonException Unexpected() =>
        new($"{_json.TokenType} at byte {_json.TokenStartIndex} was not expected.");

    private static T Required<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"'{name}' is missing.");
}
