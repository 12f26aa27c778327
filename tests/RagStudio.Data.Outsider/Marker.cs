namespace RagStudio.Data.Outsider;

/// <summary>Locates this program for tests.</summary>
public static class Marker
{
    /// <summary>The program's file, to be run with <c>dotnet</c>.</summary>
    public static string Path => typeof(Marker).Assembly.Location;
}
