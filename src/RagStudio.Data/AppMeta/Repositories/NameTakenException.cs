namespace RagStudio.Data;

/// <summary>A row was to be made under a name that another one of its kind has already; nothing was written.</summary>
public sealed class NameTakenException : Exception
{
    /// <summary>Reports that <paramref name="name"/> is taken in <paramref name="table"/>.</summary>
    public NameTakenException(string table, string name, Exception? innerException = null)
        : base($"The name '{name}' is taken in {table}. Nothing was written: choose another name.", innerException)
    {
        (Table, Name) = (table, name);
    }

    /// <summary>The table in which names are unique.</summary>
    public string Table { get; }

    /// <summary>The name that is taken.</summary>
    public string Name { get; }
}
