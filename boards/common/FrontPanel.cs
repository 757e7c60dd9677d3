namespace LabEdge.Boards
{
    /// <summary>
    /// What a small display shows of a board: pages of a few short lines that a button turns. The first has the router's name, role and
    /// time since its start; the others have ports.
    /// </summary>
    public sealed class FrontPanel
    {
        public const int Lines = 4;

        /// <summary>Characters of a line: 128 pixels of a font six wide.</summary>
        public const int Columns = 21;

        /// <summary>How often the text is made anew (ms).</summary>
        public const uint RefreshMs = 1000;

        /// <summary>The lines, none longer than <see cref="Columns"/>.</summary>
        public readonly string[] Text = new string[Lines];

        private readonly Supervisor _supervisor;
        private readonly string _role;
        private int _page;
        private bool _turned = true;
        private uint _nextAt;

        public FrontPanel(Supervisor supervisor, string role)
        {
            _supervisor = supervisor;
            _role = role;
            for (int i = 0; i < Lines; i++)
            {
                Text[i] = "";
            }
        }

        /// <summary>The button was pressed; from any thread.</summary>
        public void Turn()
        {
            _page++;
            _turned = true;
        }

        /// <returns>True when a line has changed: draw them.</returns>
        public bool Refresh(uint now)
        {
            if (!_turned && (int)(now - _nextAt) < 0) return false;
            _turned = false;
            _nextAt = now + RefreshMs;
            int pages = 1 + (_supervisor.PortCount + Lines - 1) / Lines;
            int page = _page % pages;
            bool changed = false;
            for (int i = 0; i < Lines; i++)
            {
                string line = Fit(page == 0 ? General(i, now) : Port((page - 1) * Lines + i));
                changed |= line != Text[i];
                Text[i] = line;
            }
            return changed;
        }

        private string General(int line, uint now)
        {
            Router router = _supervisor.Router;
            switch (line)
            {
                case 0: return router == null ? "router crashed" : Name(router.Cli.Prompt);
                case 1: return "role " + _role + ", start " + _supervisor.StartNumber.ToString();
                case 2: return "up " + ((now - _supervisor.StartedAt) / 1000u).ToString() + " s";
                default: return PortsUp().ToString() + " of " + _supervisor.PortCount.ToString() + " ports up";
            }
        }

        private string Port(int number)
        {
            if (number >= _supervisor.PortCount) return "";
            BoardPort port = _supervisor.PortAt(number);
            return port.Name + (port.IsReady ? port.Port.LinkUp ? " up" : " no carrier" : " no chip");
        }

        private int PortsUp()
        {
            int up = 0;
            for (int i = 0; i < _supervisor.PortCount; i++)
            {
                if (_supervisor.PortAt(i).Port.LinkUp) up++;
            }
            return up;
        }

        // The prompt up to its first sign, as in r1# and r1(config)#.
        private static string Name(string prompt)
        {
            int end = prompt.IndexOfAny(new char[] { '#', '>', '(' });
            return end < 0 ? prompt : prompt.Substring(0, end);
        }

        private static string Fit(string text)
        {
            return text.Length <= Columns ? text : text.Substring(0, Columns);
        }
    }
}
