namespace RagStudio.Data;

/// <summary>A stored setting is no JSON of the type that it was read as; the setting is as it was.</summary>
public sealed class SettingFormatException : Exception
{
    /// <summary>Reports that the setting <paramref name="key"/> cannot be read as <paramref name="type"/>.</summary>
    public SettingFormatException(string key, int schemaVersion, Type type, Exception innerException)
        : base(
            $"The setting '{key}' (schema version {schemaVersion}) cannot be read as {type?.Name}. "
                + "Read it as the type that its schema version stands for, or set it anew.",
            innerException
        )
    {
        (Key, SchemaVersion) = (key, schemaVersion);
    }

    /// <summary>The setting.</summary>
    public string Key { get; }

    /// <summary>Version of the format that it is stored in.</summary>
    public int SchemaVersion { get; }
}
