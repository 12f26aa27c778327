namespace RagStudio.Data.Benchmarks;

/// <summary>A column of a generated table.</summary>
/// <param name="Name">The name of the column and the property.</param>
/// <param name="ClrType">Its type in C#.</param>
/// <param name="Required">True if a value is required.</param>
/// <param name="Default">The C# literal of its default, if it has one.</param>
internal sealed record GeneratedColumn(string Name, string ClrType, bool Required, string? Default = null)
{
    /// <summary>The type of the property, which is nullable if a value is not required.</summary>
    public string PropertyType => Required || ClrType == "string" ? ClrType : ClrType + "?";
}
