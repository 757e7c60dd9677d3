using LabEdge.Boards;

namespace LabEdge.Head
{
    public static class Program
    {
        public static void Main()
        {
            new Supervisor(new Esp32Platform()).Run();
        }
    }
}
