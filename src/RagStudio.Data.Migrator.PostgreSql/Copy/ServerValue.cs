using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>What a column of a server can hold, by its type.</summary>
internal sealed class ServerValue(BulkColumn column)
{
    private const int MicrosecondTicks = (int)TimeSpan.TicksPerMicrosecond;

    private readonly bool _isJson = column.StoreType is "json" or "jsonb";
    private readonly bool _isLimited = column.StoreType is "character varying" or "character";

    public BulkPrecision Precision { get; } =
        column.StoreType == "jsonb" ? BulkPrecision.JsonContent
        : column.StoreType.StartsWith("time", StringComparison.Ordinal) || column.StoreType == "interval"
            ? BulkPrecision.Microseconds
        : BulkPrecision.Exact;

    public bool Folds =>
        column.StoreType is "citext" or "numeric" or "jsonb" || Precision == BulkPrecision.Microseconds;

    /// <summary>The type's name for the driver, without length or precision.</summary>
    public string DataType =>
        column.Mapping.StoreType.EndsWith("[]", StringComparison.Ordinal) ? column.Mapping.StoreType : column.StoreType;

    /// <summary>Converts a value to the form that the driver demands for the type.</summary>
    public object ToDriver(object value) =>
        value switch
        {
            // As everywhere in the copy, a time without a zone is one of UTC.
            DateTime time when column.StoreType == "timestamp with time zone" => time.Kind == DateTimeKind.Local
                ? time.ToUniversalTime()
                : DateTime.SpecifyKind(time, DateTimeKind.Utc),
            DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
            DateTimeOffset time => time.ToUniversalTime(),
            _ => value,
        };

    /// <returns>Why the column cannot hold the value; <see langword="null"/> if it can.</returns>
    public string? FindMisfit(object value) =>
        value switch
        {
            string text => FindMisfit(text),
            '\0' => "is a NUL character, which PostgreSQL cannot store",
            decimal number => FindMisfit(number),
            string?[] texts => texts.OfType<string>().Select(FindMisfit).FirstOrDefault(found => found is not null),
            IEnumerable<string?> texts => texts
                .OfType<string>()
                .Select(FindMisfit)
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    public object Fold(object value) =>
        value switch
        {
            string text when column.StoreType == "citext" => text.ToLowerInvariant(),
            // Without trailing zeros.
            decimal number => number / 1.0000000000000000000000000000m,
            DateTimeOffset time => time.UtcTicks / MicrosecondTicks,
            DateTime time => time.Ticks / MicrosecondTicks,
            TimeSpan time => time.Ticks / MicrosecondTicks,
            TimeOnly time => time.Ticks / MicrosecondTicks,
            _ => value,
        };

    private string? FindMisfit(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? "contains a NUL character, which PostgreSQL cannot store"
        : TextForm.HasLoneSurrogate(text) ? "has half a surrogate pair, which UTF-8 cannot express"
        : _isJson ? JsonFit.FindMisfit(text, isBinary: column.StoreType == "jsonb")
        : column.Mapping.Size is { } size && _isLimited && LengthOf(text) > size ? $"is longer than {size} characters"
        : null;

    private string? FindMisfit(decimal number)
    {
        if (column.StoreType != "numeric" || column.Mapping.Precision is not { } precision)
        {
            return null;
        }
        var scale = column.Mapping.Scale ?? 0;
        var limit = 1m;
        for (var digit = 0; digit < precision - scale && limit < decimal.MaxValue / 10; digit++)
        {
            limit *= 10;
        }
        return precision - scale < 28 && Math.Abs(number) >= limit
                ? $"is out of the range of {column.Mapping.StoreType}"
            : scale < 28 && decimal.Round(number, scale) != number ? $"has more than {scale} decimal places"
            : null;
    }

    /// <summary>The server counts characters, not halves of surrogate pairs.</summary>
    private static int LengthOf(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
