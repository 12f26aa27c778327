namespace RagStudio.Data;

/// <summary>Thrown when a row would get a name that another row of its kind already has; nothing was written.</summary>
public sealed class NameTakenException : Exception
{
    /// <summary>Creates the exception for the name <paramref name="name"/> in <paramref name="table"/>.</summary>
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
