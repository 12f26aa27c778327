namespace RagStudio.Data;

/// <summary>Thrown when a stored setting is not JSON of the requested type; the setting is unchanged.</summary>
public sealed class SettingFormatException : Exception
{
    /// <summary>
    /// Creates the exception for the setting <paramref name="key"/>, read as <paramref name="type"/>.
    /// </summary>
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

    /// <summary>The version of the format that it is stored in.</summary>
    public int SchemaVersion { get; }
}
