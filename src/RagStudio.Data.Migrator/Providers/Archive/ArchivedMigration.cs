using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A migration of an archive. Everything but its version is read when it is needed: a start with nothing pending needs
/// nothing else.
/// </summary>
/// <param name="content">What the archive's file says.</param>
/// <param name="archive">The archive.</param>
internal sealed class ArchivedMigration(JsonElement content, MigrationArchive archive)
{
    /// <summary>The property with the hash of the others.</summary>
    public const string Hash = "sha256";

    private CompiledMigration? _commands;

    public MigrationArchive Archive => archive;

    public JsonElement Content => content;

    public string Version { get; } = CompiledReader.Text(content, "version");

    /// <summary>The checksum of its operations; another one if anything of it was edited in the archive.</summary>
    public string Checksum => field ??= IsIntact ? CompiledReader.Text(content, "checksum") : HashOf(content);

    /// <summary>The commands that apply and revert it.</summary>
    /// <exception cref="InvalidDataException">They were edited.</exception>
    public CompiledMigration Commands =>
        _commands ??= IsIntact
            ? CompiledReader.ReadMigration(content) with
            {
                IsArchived = true,
            }
            : throw new InvalidDataException(
                $"The migration {Version} was changed after it was archived. Restore {archive.FileName} from version control."
            );

    /// <summary>The kind that its attribute declared.</summary>
    public MigrationKind? DeclaredKind =>
        content.TryGetProperty("declaredKind", out var kind) ? Enum.Parse<MigrationKind>(kind.GetString()!) : null;

    /// <summary>The time limit that its attribute declared.</summary>
    public TimeSpan? Timeout =>
        content.TryGetProperty("timeoutSeconds", out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : null;

    /// <summary>The reason that its <see cref="DestructiveMigrationAttribute"/> stated.</summary>
    public string? DestructiveReason =>
        content.TryGetProperty("destructive", out var reason) ? reason.GetString() : null;

    /// <summary>The rows that its attributes declared.</summary>
    public IReadOnlyList<RemovesRowsAttribute> RemovesRows =>
        content.TryGetProperty("removesRows", out var rows)
            ?
            [
                .. rows.EnumerateArray()
                    .Select(row => new RemovesRowsAttribute(CompiledReader.Text(row, "table"))
                    {
                        AtMost = CompiledReader.Get(row, "atMost").GetInt64(),
                    }),
            ]
            : [];

    /// <summary>The hash of the schema that the migrations up to it create, if it is known.</summary>
    public string? Schema => content.TryGetProperty("schema", out var schema) ? schema.GetString() : null;

    /// <summary>Creates a migration with the same operations.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public Migration Create() => new ArchivedOperations(Version, Read("upOperations"), Read("downOperations"));

    private IReadOnlyList<MigrationOperation> Read(string name) =>
        [.. CompiledReader.Get(content, name).EnumerateArray().Select(OperationReader.Read)];

    private bool IsIntact => CompiledReader.Text(content, Hash) == HashOf(content);

    /// <summary>Computes the hash of a migration in an archive, whatever its indentation and line ends.</summary>
    public static string HashOf(JsonElement content)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8))
        {
            json.WriteStartObject();
            foreach (var property in content.EnumerateObject().Where(property => !property.NameEquals(Hash)))
            {
                property.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(utf8.ToArray()));
    }
}
