namespace RagStudio.Data;

/// <summary>What is stored under a setting's key.</summary>
/// <param name="Value">The value; null only where JSON's <c>null</c> is stored.</param>
/// <param name="SchemaVersion">Version of the value's own format, 1 unless it was ever changed.</param>
/// <param name="UpdatedAt">When it was last set (UTC).</param>
public sealed record SettingValue<T>(T? Value, int SchemaVersion, DateTimeOffset UpdatedAt);
