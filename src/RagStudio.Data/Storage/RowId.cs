namespace RagStudio.Data;

internal static class RowId
{
    /// <summary>A UUIDv7 as text: unique anywhere, and newer ids sort after older ones.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
