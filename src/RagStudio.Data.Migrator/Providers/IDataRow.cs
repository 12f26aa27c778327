namespace RagStudio.Data.Migrator.Providers;

/// <summary>A row of a query while it is being read. It is valid only within the call that receives it.</summary>
public interface IDataRow
{
    /// <summary>Determines if a column is NULL.</summary>
    /// <param name="column">The column's index in the query, from 0.</param>
    /// <returns>True if it is.</returns>
    bool IsNull(int column);

    /// <summary>Gets a column as a number; 0 if it is NULL or not a number.</summary>
    /// <param name="column">The column's index in the query, from 0.</param>
    /// <returns>The number.</returns>
    long GetInt64(int column);

    /// <summary>Gets a column as text; empty if it is NULL.</summary>
    /// <param name="column">The column's index in the query, from 0.</param>
    /// <returns>The text.</returns>
    string GetString(int column);

    /// <summary>Gets a column as the UTF-8 bytes of its text, without a copy; empty if it is NULL.</summary>
    /// <param name="column">The column's index in the query, from 0.</param>
    /// <returns>The bytes, valid until the call returns.</returns>
    ReadOnlySpan<byte> GetUtf8(int column);
}
