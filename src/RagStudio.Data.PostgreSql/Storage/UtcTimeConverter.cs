using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

/// <summary>The driver writes times of UTC only to <c>timestamp with time zone</c>.</summary>
internal sealed class UtcTimeConverter()
    : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
