using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// The hash that a provider stores with each line of a storage's history: over the hash of the line before it and the line itself, so that no
/// line can be changed, removed or put in without breaking the chain. <see cref="HistoryChain"/> verifies it.
/// </summary>
public static class RecordHash
{
    /// <summary>What distinguishes this rendering from any later one.</summary>
    private const string Format = "migrator-history-1";

    /// <summary>The hash of a line.</summary>
    /// <param name="previous">The hash of the line before it in the same storage; <see langword="null"/> where it is the first that has one.</param>
    /// <param name="record">The line. Its <see cref="MigrationRecord.Id"/>, which the storage gives, is no part of the hash.</param>
    /// <returns>Lower-case hex SHA-256.</returns>
    public static string Of(string? previous, MigrationRecord record) => Of(previous, FieldsOf(record));

    /// <summary>The hash of a line of which the fields were read as they are stored, whatever somebody may have made of them.</summary>
    /// <param name="previous">The hash of the line before it in the same storage; <see langword="null"/> where it is the first that has one.</param>
    /// <param name="fields">What <see cref="FieldsOf"/> gave.</param>
    /// <returns>Lower-case hex SHA-256.</returns>
    public static string Of(string? previous, IReadOnlyList<string?> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var text = new StringBuilder(Format);
        Append(text, previous);
        foreach (var field in fields)
        {
            Append(text, field);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// The fields of a line in the order of <see cref="MigrationRecord"/>, without its id, as texts that every storage can keep and
    /// give back unchanged; times in UTC, the duration in ticks.
    /// </summary>
    /// <param name="record">The line.</param>
    /// <returns>The fields.</returns>
    public static IReadOnlyList<string?> FieldsOf(MigrationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            record.Event.ToString(),
            Storable(record.Database),
            Storable(record.Version),
            Storable(record.Name),
            record.Kind?.ToString(),
            record.AppliedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            record.Duration.Ticks.ToString(CultureInfo.InvariantCulture),
            Storable(record.Checksum),
            Storable(record.RollbackSql),
            Storable(record.ProgramVersion),
            Storable(record.EFVersion),
            Storable(record.RunId),
            Storable(record.Detail),
        ];
    }

    /// <summary>Messages of errors may contain what is no text: half a character, or a NUL that ends a text in SQLite.</summary>
    private static string? Storable(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>With its length before it, no field can pass for another's end, and none for an empty one.</summary>
    private static void Append(StringBuilder text, string? field)
    {
        if (field is null)
        {
            text.Append("|-");
            return;
        }
        text.Append(CultureInfo.InvariantCulture, $"|{field.Length}:{field}");
    }
}
