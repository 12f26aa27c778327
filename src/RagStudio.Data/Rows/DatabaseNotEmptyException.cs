namespace RagStudio.Data;

/// <summary>Thrown when rows are to be imported into tables that contain some; nothing was changed.</summary>
public sealed class DatabaseNotEmptyException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="tables">The tables that contain rows, apart from those that migrations have inserted.</param>
    public DatabaseNotEmptyException(IReadOnlyList<string> tables)
        : base(
            $"Rows can be imported only into empty databases, but there are rows in {string.Join(", ", tables)}. "
                + "Nothing was changed: import into new databases."
        ) => Tables = tables;

    /// <summary>The tables that contain rows.</summary>
    public IReadOnlyList<string> Tables { get; }
}
