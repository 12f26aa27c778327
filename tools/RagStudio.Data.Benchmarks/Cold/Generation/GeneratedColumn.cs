namespace RagStudio.Data.Benchmarks;

/// <summary>A column of a generated table.</summary>
/// <param name="Name">Its name, and that of the property.</param>
/// <param name="ClrType">Its type in C#.</param>
/// <param name="Required">Whether a value is required.</param>
/// <param name="Default">The literal of its default in C#, where it has one.</param>
internal sealed record GeneratedColumn(string Name, string ClrType, bool Required, string? Default = null)
{
    public string StoreType =>
        ClrType switch
        {
            "string" or "DateTime" => "TEXT",
            "double" => "REAL",
            _ => "INTEGER",
        };

    /// <summary>The type of the property: a value that is not required may be missing.</summary>
    public string PropertyType => Required || ClrType == "string" ? ClrType : ClrType + "?";
}
