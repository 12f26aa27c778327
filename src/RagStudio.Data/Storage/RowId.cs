namespace RagStudio.Data;

internal static class RowId
{
    /// <summary>Creates a UUIDv7 as text: globally unique, and newer ids sort after older ones.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
