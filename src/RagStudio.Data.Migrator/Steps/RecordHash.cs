using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Computes the hash that a provider stores with each line of a storage's history: over the previous line's hash and
/// the line itself, so that no line can be changed, removed or inserted without breaking the chain.
/// <see cref="HistoryChain"/> verifies it.
/// </summary>
public static class RecordHash
{
    /// <summary>Distinguishes this rendering from later ones.</summary>
    private const string Format = "migrator-history-1";

    /// <summary>Computes the hash of a line.</summary>
    /// <param name="previous">
    /// The hash of the previous line in the same storage; <see langword="null"/> for the first that has one.
    /// </param>
    /// <param name="record">
    /// The line. Its <see cref="MigrationRecord.Id"/>, which the storage assigns, is not part of the hash.
    /// </param>
    /// <returns>The lower-case hexadecimal SHA-256.</returns>
    public static string Compute(string? previous, MigrationRecord record) => Compute(previous, FieldsOf(record));

    /// <summary>
    /// Computes the hash of a line whose fields were read as they are stored, even if they were tampered with.
    /// </summary>
    /// <param name="previous">
    /// The hash of the previous line in the same storage; <see langword="null"/> for the first that has one.
    /// </param>
    /// <param name="fields">The result of <see cref="FieldsOf"/>.</param>
    /// <returns>The lower-case hexadecimal SHA-256.</returns>
    public static string Compute(string? previous, IReadOnlyList<string?> fields)
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
    /// Renders the fields of a line in the order of <see cref="MigrationRecord"/>, without its id, as texts that every
    /// storage can store and return unchanged; times in UTC, the duration in ticks.
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

    /// <summary>
    /// Replaces what is not valid text in error messages: half a surrogate pair, or a NUL, which ends a text in
    /// SQLite.
    /// </summary>
    private static string? Storable(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>
    /// Writes the length first, so that fields cannot run into each other, nor null be taken for empty.
    /// </summary>
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
