namespace RagStudio.Data.PowerTests.Recording;

/// <summary>The code that called the system.</summary>
internal enum DiskCaller
{
    Other,
    Sqlite,

    /// <summary>.NET's own file code.</summary>
    SystemNative,

    /// <summary>A DllImport.</summary>
    Managed,
}
