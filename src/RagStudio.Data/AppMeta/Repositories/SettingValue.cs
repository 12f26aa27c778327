namespace RagStudio.Data;

/// <summary>The stored value of a setting.</summary>
/// <param name="Value">The value; null only if JSON's <c>null</c> is stored.</param>
/// <param name="SchemaVersion">The version of the value's own format; 1 unless it was ever changed.</param>
/// <param name="UpdatedAt">The time when it was last set (UTC).</param>
public sealed record SettingValue<T>(T? Value, int SchemaVersion, DateTimeOffset UpdatedAt);
